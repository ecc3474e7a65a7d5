import { createDataSource } from './src/persistence/data-source-options.js';

/** For TypeORM's command line (`typeorm migration:show -d dist/ormconfig.js`). The server itself takes its address from the settings. */
export default createDataSource(process.env['SLUICE_DATABASE_URL'] ?? 'sqlite:.data/sluice.db');
