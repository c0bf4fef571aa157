import type { Config } from '../platform/config.ts';
import type { Task } from './task.ts';
export async function demo(_config: Config, _task: Task): Promise<void> {}
