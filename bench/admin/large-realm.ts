import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withServer, type Place } from '../place.js';
import { fillRealm } from './fill.js';
import { adminRealmFile, type AdminRealmFile, type RealmSize } from './realm-file.js';

/**
 * Makes a realm to administer in an empty database.
 * @param extend adds to the realm file
 */
export async function makeLargeRealm(
  place: Place,
  size: RealmSize,
  extend: (file: AdminRealmFile) => object = (file) => file,
): Promise<void> {
  const file = join(place.folder, 'realm.json');
  await writeFile(file, JSON.stringify(extend(adminRealmFile(size))));
  await withServer(place, { SLUICE_IMPORT: file }, () => Promise.resolve());
  await fillRealm(place.url, size);
  console.error('filled');
}
