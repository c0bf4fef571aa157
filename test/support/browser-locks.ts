/** The Web Locks of one browser, as its tabs see them; a killed tab's are free at once. */
export function browserLocks(): { tab(): { locks: LockManager; kill(): void } } {
  const held = new Set<string>();
  const tab = () => {
    const own = new Set<string>();
    const free = (name: string): void => {
      own.delete(name);
      held.delete(name);
    };
    const request = async (name: string, task: () => Promise<void>): Promise<void> => {
      // Granted later, as in a browser.
      await new Promise((resolve) => setTimeout(resolve));
      held.add(name);
      own.add(name);
      await task();
      free(name);
    };
    const query = async () => ({ held: [...held].map((name) => ({ name, mode: 'exclusive' })), pending: [] });
    const kill = (): void => [...own].forEach(free);
    return { locks: { request, query } as unknown as LockManager, kill };
  };
  return { tab };
}
