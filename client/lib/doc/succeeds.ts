/** False if it threw; the error is reported like any uncaught one. What an observer throws must not stop the line. */
export function succeeds(task: () => void): boolean {
  try {
    task();
    return true;
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
    return false;
  }
}
