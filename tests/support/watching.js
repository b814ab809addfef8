// Runs in every page before its own scripts: notes violations of the policy and where the focus goes.
(() => {
  const tests = { violations: [], focused: [], pale: [] };
  Object.defineProperty(window, "__tests", { value: tests });
  document.addEventListener("securitypolicyviolation", (event) => {
    tests.violations.push(`${event.violatedDirective}: ${event.blockedURI || event.sourceFile}`);
  });
  document.addEventListener("focusin", (event) => {
    const style = getComputedStyle(event.target);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const shapes = event.target.closest("svg") ? [...event.target.querySelectorAll("path, rect, circle")] : [];
    const drawn = shapes.some((each) => parseFloat(getComputedStyle(each).strokeWidth) >= 2);
    tests.focused.push(event.target);
    if (!outlined && !drawn) tests.pale.push(tests.named(event.target));
  });
  tests.named = (element) => {
    const text = element.innerText || element.getAttribute("aria-label") || element.name || "";
    return `<${element.localName}> ${text.trim().slice(0, 40)}`;
  };

  // What Tab must reach: everything that can be operated, one of each group of radio buttons. Within one control
  // made of parts (a drawing, a list) the arrow keys lead on.
  const parts = "svg, [role=application], [role=grid], [role=listbox], [role=radiogroup], [role=tablist], [role=toolbar], [role=tree]";
  tests.controls = () => {
    const every = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const radios = new Set();
    return [...document.querySelectorAll(every)].filter((each) => {
      if (each.disabled || !each.checkVisibility({ visibilityProperty: true })) return false;
      if (each.tabIndex < 0 && each.closest(parts)) return false;
      if (each.type !== "radio") return true;
      const first = !radios.has(each.name);
      radios.add(each.name);
      return first;
    });
  };
  tests.unreached = () => {
    const names = new Set(tests.focused.filter((each) => each.type === "radio").map((each) => each.name));
    const missed = (each) => !tests.focused.includes(each) && !(each.type === "radio" && names.has(each.name));
    return tests.controls().filter(missed).map(tests.named);
  };

  // Headings that skip a level, and pages with none or several of what each page has once.
  tests.outline = () => {
    const wrong = [];
    for (const [one, selector] of [["main", "main"], ["h1", "h1"], ["banner", "body > header"], ["footer", "body > footer"]]) {
      const count = document.querySelectorAll(selector).length;
      if (count !== 1) wrong.push(`${count} of ${one}`);
    }
    let above = 0;
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      if (!heading.checkVisibility()) continue;
      const level = Number(heading.localName[1]);
      if (level > above + 1) wrong.push(`${tests.named(heading)} after h${above}`);
      above = level;
    }
    return wrong;
  };

  // What moves although the user asked for less motion.
  tests.moving = () => {
    const lasts = (text) => text.split(",").some((each) => parseFloat(each) > 0.01);
    return [...document.querySelectorAll("*")].filter((each) => {
      const style = getComputedStyle(each);
      return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration))
        || style.scrollBehavior === "smooth";
    }).map(tests.named);
  };

  // What is wider than the window and not in a part that scrolls.
  tests.overflow = () => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return [];
    const wider = (each) => each.getBoundingClientRect().right > window.innerWidth || each.scrollWidth > each.clientWidth;
    const beyond = [...document.querySelectorAll("body *")]
      .filter((each) => each.clientWidth > 0 && wider(each) && !each.closest(".scroll") && ![...each.children].some(wider));
    return [`${wide} pixels too wide: ${beyond.slice(0, 3).map(tests.named).join("; ")}`];
  };

  tests.unfold = () => document.querySelectorAll("details").forEach((each) => { each.open = true; });

  // What there is to see and to hold: by kind, how many. Compared with scripts and without.
  tests.shown = () => {
    const count = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility()).length;
    return Object.fromEntries(["h2", "h3", "table", "img", "form", "a[href]"].map((each) => [each, count(each)]));
  };
  // Controls that do nothing where scripts are off: buttons and inputs that belong to no form.
  tests.dead = () => [...document.querySelectorAll("main button, main input, main select")]
    .filter((each) => each.checkVisibility() && (!each.form || each.type === "button")).map(tests.named);
})();
