/** What a command line task gets beside the configuration. It throws an Error whose message can be printed as it is. */
export interface Task {
  args: readonly string[];
  say(line: string): void;
}
