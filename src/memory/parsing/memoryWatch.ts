import { workerData } from 'node:worker_threads';

/*
 * A thread beside the one that reads: what libraries unpack lies outside the heap, which alone has a limit of its own, and a thread
 * that is busy cannot look after itself. Ends the process, and nothing but that, when it has grown beyond `workerData` bytes.
 */
setInterval(() => {
  if (process.memoryUsage.rss() > (workerData as number)) process.kill(process.pid, 'SIGKILL');
}, 20);
