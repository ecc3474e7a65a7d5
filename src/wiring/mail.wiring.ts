import { EventRecorder } from '../events/event-recorder.js';
import { SmtpTransport } from '../infrastructure/smtp-transport.js';
import { MailComposer } from '../mail/mail-composer.js';
import { MailQueue } from '../mail/mail-queue.js';
import { MailTransport } from '../mail/mail-transport.js';
import { MailWords } from '../mail/mail-words.js';
import { Mailer } from '../mail/mailer.js';
import { Clock } from '../shared/clock.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { ActionMails } from '../tokens/action-tokens/action-mails.js';
import { ActionTokens } from '../tokens/action-tokens/action-tokens.js';
import { RealmKeys } from '../tokens/signing-keys.js';
import { SingleUseStore } from '../tokens/single-use.js';
import type { Provider } from '@nestjs/common';
import type { Ground } from './ground.js';
import { value, wire } from './wire.js';

/** Mails, and the tokens in their links. */
export const mail = ({ settings, logger }: Ground): Provider[] => [
  value(MailTransport, new SmtpTransport(listOf(settings.smtpHosts))),
  value(MailQueue, new MailQueue((error) => logger.error({ err: error }, 'A mail was not sent'))),
  wire(MailWords, []),
  wire(MailComposer, [MailWords]),
  wire(Mailer, [MailComposer, MailTransport, Sealer]),
  wire(ActionTokens, [RealmKeys, SingleUseStore, Clock]),
  wire(ActionMails, [ActionTokens, Mailer, MailQueue, SingleUseStore, EventRecorder, UnitOfWork, Clock]),
];

const listOf = (setting = ''): readonly string[] =>
  setting
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
