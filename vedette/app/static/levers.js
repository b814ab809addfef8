// Shows the sliders, keeps each in step with its number, and leaves out of the address what is not changed.
const form = document.getElementById("levers");
for (const slider of form.querySelectorAll("input[type=range]")) {
  const number = document.getElementById(slider.dataset.for);
  const row = slider.closest(".lever");
  const mark = () => row.classList.toggle("changed", Number(number.value) !== Number(number.dataset.own));
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    mark();
  });
  number.addEventListener("input", () => {
    slider.value = number.value;
    mark();
  });
}
form.addEventListener("submit", () => {
  for (const field of form.querySelectorAll("input[type=number], select")) {
    const own = field.dataset.own;
    field.disabled = field.value === "" || (own !== undefined && Number(field.value) === Number(own));
  }
});
window.addEventListener("pageshow", () => {
  for (const field of form.querySelectorAll(":disabled")) field.disabled = false;
});
