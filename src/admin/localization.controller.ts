import { Body, Delete, Get, HttpCode, Param, Post, Put, UnsupportedMediaTypeException } from '@nestjs/common';
import { Localization } from '../administration/localization.js';
import type { JsonInput } from '../http/json-body.js';
import type { Realm } from '../realm/realm.js';
import type { RealmTexts } from '../realm/realm-texts.js';
import { InvalidInputError } from '../shared/errors.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonRaw } from './admin-params.js';
import { PlainText } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';

/** The realm's own words for its pages (Admin API reference 5.5). */
@AdminController('localization')
export class LocalizationAdminController {
  constructor(private readonly localization: Localization) {}

  @Get()
  @Needs('viewRealmName')
  locales(@InRealm() realm: Realm): readonly string[] {
    return this.localization.locales(realm);
  }

  @Get(':locale')
  @Needs('viewRealmName')
  texts(@InRealm() realm: Realm, @Param('locale') locale: string): RealmTexts {
    return this.localization.texts(realm, locale);
  }

  @Post(':locale')
  @HttpCode(204)
  @Needs('manageRealm')
  add(
    @InRealm() realm: Realm,
    @Param('locale') locale: string,
    @JsonRaw({ type: 'object', additionalProperties: { type: 'string' } }) { value }: JsonInput,
  ): Promise<void> {
    return this.localization.add(realm.id, locale, textsIn(value));
  }

  @Delete(':locale')
  @Needs('manageRealm')
  removeLocale(@InRealm() realm: Realm, @Param('locale') locale: string): Promise<void> {
    return this.localization.removeLocale(realm.id, locale);
  }

  /** The text itself, not JSON. */
  @Get(':locale/:key')
  @Needs('viewRealmName')
  text(@InRealm() realm: Realm, @Param('locale') locale: string, @Param('key') key: string): PlainText {
    return new PlainText(this.localization.text(realm, locale, key));
  }

  /** The body is the text itself. */
  @Put(':locale/:key')
  @Needs('manageRealm')
  set(
    @InRealm() realm: Realm,
    @Param('locale') locale: string,
    @Param('key') key: string,
    @Body() text: unknown,
  ): Promise<void> {
    if (typeof text !== 'string')
      throw new UnsupportedMediaTypeException({
        error: 'The content-type header value did not match the value in @Consumes',
      });
    return this.localization.add(realm.id, locale, textsIn({ [key]: text }));
  }

  @Delete(':locale/:key')
  @Needs('manageRealm')
  remove(@InRealm() realm: Realm, @Param('locale') locale: string, @Param('key') key: string): Promise<void> {
    return this.localization.remove(realm.id, locale, key);
  }
}

/** @throws InvalidInputError `unparsable_json`, `wrong_type`, `nul_character` */
function textsIn(value: unknown): RealmTexts {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidInputError('unparsable_json', 'Cannot parse the JSON', { detail: 'an object is needed' });
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new InvalidInputError('wrong_type', 'A text is needed', { field: key });
    if (text.includes('\u0000'))
      throw new InvalidInputError('nul_character', 'The character NUL is not allowed in a text');
  }
  return value as RealmTexts;
}
