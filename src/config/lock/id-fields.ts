import type { ListName } from '../../model/lock.ts';

/** Where an id is looked up: a list of the location's, or the stages of its pipelines. */
export type IdList = Extract<ListName, 'calendars' | 'users' | 'workflows' | 'pipelines'> | 'stages';

/** Fields and parameters of HighLevel that hold an id of the location's. */
export const ID_FIELDS: Readonly<Record<string, IdList>> = {
  calendarId: 'calendars',
  assignedTo: 'users',
  assignedUserId: 'users',
  userId: 'users',
  followers: 'users',
  workflowId: 'workflows',
  pipelineId: 'pipelines',
  pipelineStageId: 'stages',
};
