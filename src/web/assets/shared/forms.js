/** Reads what a person typed, ticked or chose. */

/** @param {Event} event @returns {string} */
export function typed({ target }) {
  const isField =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
  return isField ? target.value : "";
}

/** @param {Event} event @returns {boolean} */
export function ticked({ target }) {
  return target instanceof HTMLInputElement && target.checked;
}

/** Keeps the browser from leaving the page when a form is sent. @param {() => unknown} send @returns {(event: Event) => void} */
export function sending(send) {
  return (event) => {
    event.preventDefault();
    void send();
  };
}
