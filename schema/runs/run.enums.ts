import { registerEnumType } from 'type-graphql';

export enum RunStatus {
  pending = 'pending',
  running = 'running',
  completed = 'completed',
  failed = 'failed',
  cancelled = 'cancelled',
}

registerEnumType(RunStatus, {
  name: 'RunStatus',
  description: 'Where a run stands.',
  valuesConfig: {
    pending: { description: 'No worker has taken it yet.' },
    running: { description: 'It is worked on, or waits: see `waitingFor`.' },
    completed: { description: 'It ended with an output.' },
    failed: { description: 'It ended with an error.' },
    cancelled: { description: 'Somebody ended it.' },
  },
});

export enum WaitReason {
  approval = 'approval',
  outcome = 'outcome',
  provider = 'provider',
}

registerEnumType(WaitReason, {
  name: 'WaitReason',
  description: 'What a running run waits for.',
  valuesConfig: {
    approval: { description: 'A tool call needs a yes: `decideStep` with `approve` or `deny`.' },
    outcome: { description: 'A crash left it unknown whether a call took effect: `decideStep` with `retry`, `skip` or `stop`.' },
    provider: { description: 'All providers are overloaded, out of reach or take no more requests; it goes on by itself after a pause.' },
  },
});

export enum StepType {
  llm_call = 'llm_call',
  tool_call = 'tool_call',
}

registerEnumType(StepType, {
  name: 'StepType',
  description: 'What a step does.',
  valuesConfig: {
    llm_call: { description: 'Asks a model what to do next.' },
    tool_call: { description: 'Carries out one tool call of the answer before.' },
  },
});

export enum StepStatus {
  waiting = 'waiting',
  started = 'started',
  completed = 'completed',
  failed = 'failed',
}

registerEnumType(StepStatus, {
  name: 'StepStatus',
  description: 'Where a step stands.',
  valuesConfig: {
    waiting: { description: 'A person has to approve it first.' },
    started: { description: 'It was begun; its outcome is not known yet.' },
    completed: { description: 'Its result is committed.' },
    failed: { description: 'Its error is committed.' },
  },
});

export enum AttemptStatus {
  completed = 'completed',
  failed = 'failed',
  skipped = 'skipped',
}

registerEnumType(AttemptStatus, {
  name: 'AttemptStatus',
  description: 'How one try with one provider ended.',
  valuesConfig: {
    completed: { description: 'It answered.' },
    failed: { description: 'It gave an error.' },
    skipped: { description: 'It could not be used, so it was not asked.' },
  },
});

export enum StepDecision {
  retry = 'retry',
  skip = 'skip',
  stop = 'stop',
  approve = 'approve',
  deny = 'deny',
}

registerEnumType(StepDecision, {
  name: 'StepDecision',
  description: 'What a person decides about the step that a run waits for.',
  valuesConfig: {
    retry: { description: 'Outcome unknown: make the call again.' },
    skip: { description: 'Outcome unknown: go on without it; the model is told.' },
    stop: { description: 'Outcome unknown: fail the run.' },
    approve: { description: 'Approval: make the call.' },
    deny: { description: 'Approval: do not make it; the model is told.' },
  },
});
