import type { ReactNode } from 'react';
import { Button } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
import { FormActions } from './form-actions.js';

interface SaveActionsProps {
  readonly busy: boolean;
  /** Something was changed that is not saved. */
  readonly isDirty: boolean;
  /** What was entered cannot be saved: absent, the form says so when it is sent. */
  readonly isWrong?: boolean;
  readonly onUndo: () => void;
}

/** The buttons of a form over something that is there already: save it, or take back what was entered. */
export function SaveActions({ busy, isDirty, isWrong = false, onUndo }: SaveActionsProps): ReactNode {
  const t = useKitText();
  return (
    <FormActions>
      <Button type="submit" look="primary" busy={busy} disabled={!isDirty || isWrong}>
        {t('save')}
      </Button>
      <Button disabled={!isDirty} onClick={onUndo}>
        {t('undoChanges')}
      </Button>
    </FormActions>
  );
}
