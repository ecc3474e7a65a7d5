import type { ReactNode } from 'react';
import { sessionProblems } from './session-problems.js';
import { SettingsForm } from './settings-form.js';
import { BRUTE_FORCE, GENERAL, LOGIN, SESSIONS, TOKENS } from './settings-groups.js';

export const GeneralTab = (): ReactNode => <SettingsForm groups={GENERAL} />;
export const LoginTab = (): ReactNode => <SettingsForm groups={LOGIN} />;
export const SessionsTab = (): ReactNode => <SettingsForm groups={SESSIONS} check={sessionProblems} />;
export const TokensTab = (): ReactNode => <SettingsForm groups={TOKENS} />;
export const BruteForceTab = (): ReactNode => <SettingsForm groups={BRUTE_FORCE} />;
