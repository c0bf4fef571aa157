/** At the tab's end: asks whether to go where words would be lost. */
export function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault();
  // Chromium before 119 asks only then.
  event.returnValue = 'unsaved';
}
