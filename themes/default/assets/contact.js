// Makes two steps of a contact form that is complete without this: first who writes, then about what.
// Says what is missing beside the field, and offers to send along what was set in a calculator.

for (const form of document.querySelectorAll('[data-contact]')) {
  const find = (name) => form.querySelector(`[data-contact-${name}]`);
  const steps = [...form.querySelectorAll('[data-contact-step]')];
  const scenario = find('scenario');

  form.noValidate = true;
  find('page').value = location.href.split('#')[0];
  find('next').hidden = false;
  find('back').hidden = false;

  // The address of a calculator's figures, once somebody has changed any.
  const figures = () => {
    const links = [...document.querySelectorAll('[data-calculator] input[data-link]')].map(({ value }) => value);
    return links.find((address) => address.split('#')[1]?.includes('&')) ?? '';
  };

  function show(step) {
    steps.forEach((other, place) => (other.hidden = place !== step));
    scenario.hidden = !figures();
  }

  // Blanks say nothing, though a browser takes them for an answer.
  const isWrong = (field) => !field.checkValidity() || (field.required && !field.value.trim());

  // Marks what is wrong in a step; true if nothing is.
  function check(step) {
    const fields = [...step.querySelectorAll('input, textarea')];
    const wrong = fields.filter(isWrong);
    for (const field of fields) {
      mark(field, wrong.includes(field));
    }
    wrong[0]?.focus();
    return !wrong.length;
  }

  function mark(field, wrong) {
    field.ariaInvalid = wrong ? 'true' : null;
    const problem = document.getElementById(`${field.id}-problem`);
    if (problem) {
      problem.hidden = !wrong;
    }
  }

  function go(step) {
    show(step);
    steps[step].querySelector('legend').focus();
  }

  find('next').addEventListener('click', () => check(steps[0]) && go(1));
  find('back').addEventListener('click', () => go(0));
  // Enter in the first step leads on; from the second the form is sent.
  form.addEventListener('submit', (event) => {
    const step = steps.findIndex((one) => !one.hidden);
    if (!check(steps[step])) {
      event.preventDefault();
    } else if (step === 0) {
      event.preventDefault();
      go(1);
    }
    const [choice, address] = scenario.querySelectorAll('input');
    address.value = figures();
    address.disabled = !choice.checked || !address.value;
  });
  // What is wrong is said when a step is left, and taken back as soon as it is right.
  form.addEventListener('input', ({ target }) => target.ariaInvalid && mark(target, isWrong(target)));

  show(0);
}
