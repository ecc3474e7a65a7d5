// Prints what one password hash costs by itself, in CPU-milliseconds: the server's default (Argon2id, 7168 KiB, 5 passes, 1 lane),
// as many at once as there are processors. A process of its own, so that nothing else is counted.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hashRaw } from '@node-rs/argon2';

const WARM_UP = 20;
const HASHES = 200;
const PARAMETERS = { memoryCost: 7168, timeCost: 5, parallelism: 1, outputLen: 32, algorithm: 2, version: 1 };

async function hash(times) {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await hashRaw('bench-password', { ...PARAMETERS, salt: randomBytes(16) });
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

await hash(WARM_UP);
const before = process.cpuUsage();
await hash(HASHES);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000 / HASHES);
