import { expect, it } from 'vitest';
import { statementKind } from './sql-statement.js';

it.each([
  ['SELECT * FROM "t"', 'rows'],
  ['PRAGMA table_xinfo("t")', 'rows'],
  ['CREATE TABLE "t" ("update" text)', 'rows'],
  ['BEGIN IMMEDIATE', 'rows'],
  ['INSERT INTO "t" VALUES (?)', 'insert'],
  ['\n  insert into t values (?)', 'insert'],
  ['REPLACE INTO t VALUES (?)', 'insert'],
  ['INSERT INTO t VALUES (?) ON CONFLICT (id) DO UPDATE SET n = n + 1 RETURNING n', 'insert-returning'],
  ['UPDATE "t" SET "a" = ?', 'change'],
  ['DELETE FROM t', 'change'],
  ['DELETE FROM t\nRETURNING "id"', 'change-returning'],
  ['UPDATE "returning" SET a = \'no returning\'', 'change'],
  ["UPDATE t SET a = 'it''s returning' RETURNING a", 'change-returning'],
])('%s gives %s', (sql, kind) => {
  expect(statementKind(sql)).toBe(kind);
});
