"""The month's work in a browser, step by step: what the tutorial of the workbench tells to do."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, expect

WINDOW: ViewportSize = {"width": 1440, "height": 900}
_PATIENCE = 900_000
"""Milliseconds that long work may take."""


@dataclass(frozen=True)
class Errand:
    """What is done in a month, in the words of a case.

    Attributes:
        sheet: new rows of a table of the case, by the name of the file.
        report: the file that is read, with the title of its source, which is protected.
        date: that of the source.
        tie: subject, relation and object of the tie of the first proposal, by id.
        since: since when the tie holds, as the analyst corrects it.
        notes: what two editors write, at once, as the note of the row of the claim.
        lever: a scenario, one of its levers, and the value to try, by id.
        note: the section of the brief and the author's words on it.
    """

    sheet: Path
    report: Path
    title: str
    date: str
    tie: tuple[str, str, str]
    since: str
    notes: tuple[str, str]
    lever: tuple[str, str, str]
    note: tuple[str, str]


@dataclass
class Walker:
    """Somebody who does the month's work in a browser, and a second editor beside."""

    context: BrowserContext
    address: str
    errand: Errand
    shots: Path | None = None
    page: Page = field(init=False)
    taken: int = 0

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)

    def go(self, path: str) -> Page:
        """Opens an address of the workbench."""
        self.page.goto(self.address + path)
        return self.page

    def picture(self, name: str) -> None:
        """Keeps what the window shows, where pictures are wanted."""
        if self.shots:
            self.taken += 1
            self.page.screenshot(path=self.shots / f"{self.taken:02d}-{name}.png")

    def what_changed(self) -> None:
        """Reads what changed in the month."""
        expect(self.go("/").locator("main .lead, main section h2").first).to_be_visible()
        self.picture("this-month")

    def take_in(self) -> None:
        """Has the new rows checked, looks at what they would change, and takes them in."""
        page = self.go("/import")
        page.locator("input[type=file]").set_input_files(self.errand.sheet)
        page.get_by_role("button", name="Show what it would change").click()
        expect(page.get_by_role("heading", name="What it would change")).to_be_visible()
        self.picture("import")
        page.get_by_role("button", name="Take it in").click()
        expect(page.get_by_text("Taken in as one change")).to_be_visible()

    def belief(self) -> int:
        """Returns how far the tie of the errand is believed, in percent; 0 where no claim counts."""
        subject, relation, object_ = self.errand.tie
        text = (
            self.go(f"/tie?subject={subject}&relation={relation}&object={object_}")
            .locator("main")
            .inner_text()
        )
        found = re.search(r"(\d+) ?% believed", text)
        return int(found[1]) if found else 0

    def read(self) -> None:
        """Uploads the report with a source that is protected, and waits for its proposals."""
        page = self.go("/reading")
        page.locator("input[type=file]").set_input_files(self.errand.report)
        page.get_by_text("Add its source").click()
        page.locator("[name=title]").fill(self.errand.title)
        page.locator("[name=date]").fill(self.errand.date)
        page.locator("[name=reliability]").select_option("B")
        page.locator("[name=handling]").select_option("red")
        page.locator("[name=protected]").check()
        self.picture("upload")
        page.get_by_role("button", name="Read the report").click()
        expect(page.get_by_role("heading", name="Proposal 1 of")).to_be_visible()
        self.picture("review")

    def accept(self) -> None:
        """Corrects since when, grades the proposal and accepts it, by keyboard."""
        page = self.page
        page.locator("#parts [name=from]").fill(self.errand.since)
        page.keyboard.press("Escape")
        page.keyboard.press("2")
        page.keyboard.press("a")
        expect(page.get_by_role("status")).to_contain_text("Accepted:")
        self.picture("accepted")

    def undo_and_redo(self) -> tuple[int, int]:
        """Takes the claim back in the log, then has it again: how far the tie is believed after each."""
        seen = []
        for button in ("Undo it", "Redo it"):
            page = self.go("/log")
            page.get_by_role("button", name=button).click()
            page.wait_for_load_state()
            self.picture("log")
            seen.append(self.belief())
        return seen[0], seen[1]

    def two_editors(self, row: str) -> None:
        """Has two editors open a row; the second to save is shown what the first wrote, and takes it over."""
        first, second = self.errand.notes
        other = self.context.new_page()
        for page, words in ((self.page, first), (other, second)):
            page.goto(f"{self.address}/rows/{row}")
            page.locator("#field-note").fill(words)
        other.get_by_role("button", name="Save the row").click()
        expect(other.get_by_text("Saved.")).to_be_visible()
        other.close()
        self.page.get_by_role("button", name="Save the row").click()
        expect(self.page.get_by_text("Nothing was written. Somebody changed the row")).to_be_visible()
        expect(self.page.get_by_role("cell", name=second, exact=True)).to_be_visible()
        self.picture("conflict")
        self.page.get_by_role("button", name="Take yours over what stands").click()
        expect(self.page.get_by_text("Saved.")).to_be_visible()

    def write_note(self) -> None:
        """Writes the author's own words on a section of the brief."""
        section, words = self.errand.note
        page = self.go("/brief/notes")
        page.get_by_label("A note on").select_option(section)
        page.get_by_role("button", name="Write one").click()
        page.get_by_label("The words").fill(words)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(words)).to_be_visible()
        self.picture("note")

    def what_if(self) -> None:
        """Sets a lever otherwise and has what follows worked out."""
        scenario, lever, value = self.errand.lever
        page = self.go(f"/scenarios/levers?scenario={scenario}")
        page.locator(f"#lever-{lever}").fill(value)
        page.get_by_role("button", name="Work out what follows").click()
        expect(page.locator("#answer .told li").first).to_be_visible()
        self.picture("levers")

    def issue(self) -> bytes:
        """Issues the public edition, and returns its PDF."""
        page = self.go("/brief/issue?edition=public")
        page.get_by_label("I have read the draft").check()
        self.picture("issue")
        page.get_by_role("button", name="Issue").click()
        page.get_by_role("link", name="See it among the issues").click()
        row = page.locator(f"#{page.url.partition('#')[2]}")
        self.picture("issued")
        file = row.get_by_role("link", name="brief.pdf").get_attribute("href")
        return self.context.request.get(f"{self.address}{file}").body()


def walker(
    browser: Browser, session: StorageState, address: str, errand: Errand, shots: Path | None = None
) -> Walker:
    """Returns a walker in a window whose session is open."""
    return Walker(browser.new_context(storage_state=session, viewport=WINDOW), address, errand, shots)
