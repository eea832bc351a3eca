import { missing, unprocessable } from './answers.ts';
import { contactOf } from './contact-changes.ts';
import { defined } from './defined.ts';
import type { Task } from './location-records.ts';
import type { Location } from './location.ts';
import { created, ok, param, route } from './route.ts';
import { count, flag, isoDate, listOf, required, text } from './shape.ts';

const version = '2021-07-28';
const path = '/contacts/:contactId/tasks';
const readonly = { version, scope: 'contacts.readonly' } as const;
const write = { version, scope: 'contacts.write' } as const;

export const taskRoutes = [
  route({
    ...{ operation: 'get-all-tasks', method: 'GET', path, ...readonly },
    handle: (call) => {
      const contact = contactOf(call.location, param(call, 'contactId'));
      return ok({ tasks: call.location.tasks.of(contact.id) });
    },
  }),
  route({
    ...{ operation: 'create-task', method: 'POST', path, ...write },
    body: {
      ...{ title: required(text), dueDate: required(isoDate), completed: required(flag) },
      ...{ body: text, assignedTo: text },
    },
    handle: (call) => {
      const { location } = call;
      const contactId = contactOf(location, param(call, 'contactId')).id;
      return created({ task: store(location, { id: location.newId(), contactId, ...defined(call.body) }) });
    },
  }),
  route({
    ...{ operation: 'get-task', method: 'GET', path: `${path}/:taskId`, ...readonly },
    handle: (call) => ok({ task: taskOf(call) }),
  }),
  route({
    ...{ operation: 'update-task', method: 'PUT', path: `${path}/:taskId`, ...write },
    body: { title: text, body: text, dueDate: isoDate, completed: flag, assignedTo: text },
    handle: (call) => {
      if (call.body.title === '') throw unprocessable(['title should not be empty']);
      return ok({ task: store(call.location, { ...taskOf(call), ...defined(call.body) }) });
    },
  }),
  route({
    ...{ operation: 'update-task-completed', method: 'PUT', path: `${path}/:taskId/completed`, ...write },
    body: { completed: required(flag) },
    handle: (call) => ok({ task: store(call.location, { ...taskOf(call), completed: call.body.completed }) }),
  }),
  route({
    ...{ operation: 'delete-task', method: 'DELETE', path: `${path}/:taskId`, ...write },
    handle: (call) => {
      const task = taskOf(call);
      call.location.tasks.remove(task.id);
      call.location.emit('TaskDelete', () => taskWebhook(call.location, task));
      return ok({ succeded: true });
    },
  }),
  route({
    ...{ operation: 'task-search', method: 'POST', path: '/locations/:locationId/tasks/search', version },
    scope: 'locations/tasks.readonly',
    body: {
      ...{ contactId: listOf(text), completed: flag, assignedTo: listOf(text), query: text },
      ...{ limit: count, skip: count, businessId: text },
    },
    handle: ({ location, body }) => {
      const { skip = 0, limit = 25, query = '' } = body;
      const tasks = (body.contactId?.flatMap(location.tasks.of) ?? location.tasks.all())
        .filter((task) => body.completed === undefined || task.completed === body.completed)
        .filter((task) => body.assignedTo?.includes(task.assignedTo ?? '') ?? true)
        .filter((task) => task.title.toLowerCase().includes(query.toLowerCase()));
      return ok({ tasks: tasks.slice(skip, skip + limit).map((task) => ({ _id: task.id, ...task })) });
    },
  }),
];

function taskOf(call: {
  readonly location: Location;
  readonly params: Readonly<Record<string, string>>;
}): Task {
  const contact = contactOf(call.location, param(call, 'contactId'));
  const task = call.location.tasks.get(param(call, 'taskId'));
  if (task?.contactId !== contact.id) throw missing(400, 'Task not found');
  return task;
}

/** Dates come back as UTC instants with milliseconds, whatever their spelling was. No TaskUpdate webhook exists. */
function store(location: Location, wish: Task): Task {
  const task = { ...wish, dueDate: new Date(wish.dueDate).toISOString() };
  const old = location.tasks.get(task.id);
  location.tasks.put(task);
  if (!old) location.emit('TaskCreate', () => taskWebhook(location, task));
  if (old && !old.completed && task.completed) {
    location.emit('TaskComplete', () => taskWebhook(location, task));
  }
  return task;
}

function taskWebhook(location: Location, task: Task): Readonly<Record<string, unknown>> {
  const { id, assignedTo, body, contactId, title, dueDate } = task;
  return { ...defined({ id, assignedTo, body, contactId, title, dueDate }), dateAdded: location.stamp() };
}
