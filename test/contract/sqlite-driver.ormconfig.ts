// What ormconfig.ts is to the project, for TypeORM's command line in the contract suite.
import { fixtureDataSource } from './sqlite-driver.fixture.js';

export default fixtureDataSource({ database: process.env['SQLITE_DRIVER_TEST_DATABASE'] ?? ':memory:' });
