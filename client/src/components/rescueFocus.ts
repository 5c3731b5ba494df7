/** Puts the focus where the page's content begins when what had it is gone, so that keys go on from there. */
export function rescueFocus(): void {
  // After whoever else moves the focus now, such as a dialog that gives it back.
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true });
  });
}
