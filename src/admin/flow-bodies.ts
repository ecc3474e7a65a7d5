import { Name, Text, Whole } from '../representations/members.js';

/** Body of `POST flows/{alias}/copy`. */
export class CopyFlowBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() newName?: string;
}

/** Body of `POST flows/{alias}/executions/execution`. */
export class NewStepBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() provider?: string;
  @Whole() priority?: number;
}

/** Body of `POST flows/{alias}/executions/flow`. */
export class NewSubflowBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() alias?: string;
  @Name() type?: string;
  @Name() provider?: string;
  @Text() description?: string;
  @Whole() priority?: number;
}

/** Body of `POST register-required-action`. */
export class RegisterActionBody {
  static readonly representation = 'Map';
  static readonly open = true;
  @Name() providerId?: string;
  @Name() name?: string;
}
