// A child process of the contract suite: adds one to a counter, `times` times, in transactions that read first and then write.
import { Counter, fixtureDataSource } from './sqlite-driver.fixture.js';

const [database = '', times = '0'] = process.argv.slice(2);
const dataSource = await fixtureDataSource({ database, synchronous: 'NORMAL', busyTimeoutMs: 20_000 }).initialize();
for (let done = 0; done < Number(times); done++) {
  await dataSource.transaction(async (manager) => {
    const { value } = await manager.findOneByOrFail(Counter, { id: 'shared' });
    await manager.update(Counter, { id: 'shared' }, { value: value + 1 });
  });
}
await dataSource.destroy();
