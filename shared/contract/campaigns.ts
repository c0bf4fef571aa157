import { z } from 'zod';
import { Id, Line, Name, NewName, Note, Time, Title } from '../fields.ts';
import { command, download, query, upload } from '../procedure.ts';
import { Done, Ticket } from './answers.ts';
import { RoomKind } from './rooms.ts';

/** `dates` is free text (“10月下旬—11月中旬”); from and to, when given, say which phase is now. */
export const PhaseRow = z.object({ name: Title, dates: Line, work: Note, deliverables: Note });
export type PhaseRow = z.infer<typeof PhaseRow>;

export const Campaign = z.object({
  campaignId: Id,
  name: Title,
  slogan: Line,
  sponsor: Line,
  template: z.string(),
  phases: z.array(PhaseRow),
  currentPhase: z.number().int(),
  createdAt: Time,
  version: z.number().int(),
});
export type Campaign = z.infer<typeof Campaign>;

export const TemplateView = z.object({
  templateId: z.string(),
  zh: z.string(),
  en: z.string(),
  rooms: z.array(z.object({ name: z.string(), break: z.string(), build: z.string(), kind: RoomKind })),
});
export type TemplateView = z.infer<typeof TemplateView>;

/** A pair of the user's own; either side may stand alone. */
export const Pair = z.object({ break: Line, build: Line });

export const Unit = z.object({
  unitId: Id,
  campaignId: Id,
  name: Name,
  order: z.number().int(),
  people: z.number().int(),
  version: z.number().int(),
});
export type Unit = z.infer<typeof Unit>;

export const RosterPerson = z.object({
  personId: Id,
  campaignId: Id,
  unitId: Id,
  unitName: Name,
  name: Name,
  position: Line,
  level: Line,
  version: z.number().int(),
});
export type RosterPerson = z.infer<typeof RosterPerson>;

/** Line and column count from 1 as in the file; `reason` is translated by `labels.ts`. */
export const RosterProblem = z.object({
  line: z.number().int(),
  column: z.string(),
  reason: z.string(),
  value: z.string(),
  /** The sheet's name, where the file has several. */
  sheet: z.string().optional(),
});
export type RosterProblem = z.infer<typeof RosterProblem>;

/** What is not part of anybody: lines `line` to `to`, one column, or a whole sheet. `cells`: how many with words. */
export const RosterLeft = z.object({
  kind: z.string(),
  sheet: z.string().optional(),
  line: z.number().int().optional(),
  to: z.number().int().optional(),
  column: z.string().optional(),
  text: z.string().optional(),
  cells: z.number().int(),
});
export type RosterLeft = z.infer<typeof RosterLeft>;

/** What is asked: whether a sheet (`sheet`, `hidden-sheet`), hidden lines or hidden columns are taken. `text`: the columns' headings. */
export const RosterChoice = z.object({
  key: z.string(),
  kind: z.string(),
  sheet: z.string(),
  text: z.string(),
  lines: z.number().int(),
  taken: z.boolean(),
});
export type RosterChoice = z.infer<typeof RosterChoice>;

/** Choices that are not the usual ones, by key: `+rows1,-sheet2` takes the one and leaves the other. */
export const RosterChosen = z
  .string()
  .regex(/^(?:[+-](?:sheet|rows|columns)\d{1,3}(?:,(?=[+-])|$))*$/)
  .max(8000);

/** With problems nothing is imported. `applied` is false for a preview. `cells` counts all cells with words once. */
export const RosterImport = z.object({
  applied: z.boolean(),
  rows: z.array(
    z.object({
      line: z.number().int(),
      unit: z.string(),
      name: z.string(),
      position: z.string(),
      level: z.string(),
      known: z.boolean(),
      sheet: z.string().optional(),
      /** The line above that names the unit; absent where this one does. */
      unitFrom: z.number().int().optional(),
      /** How many people stood in one cell. */
      sharing: z.number().int().optional(),
    }),
  ),
  problems: z.array(RosterProblem),
  left: z.array(RosterLeft).optional(),
  choices: z.array(RosterChoice).optional(),
  cells: z.object({ read: z.number().int(), left: z.number().int(), problems: z.number().int() }).optional(),
});
export type RosterImport = z.infer<typeof RosterImport>;

const inCampaign = { campaignId: Id };
const version = { version: z.number().int() };

export const campaigns = {
  templates: query('GET /templates', z.object({}), z.array(TemplateView)),
  list: query('GET /campaigns', z.object({}), z.array(Campaign)),
  create: command(
    'POST /campaigns',
    z.object({
      campaignId: Id,
      name: Title,
      slogan: Line,
      sponsor: Line,
      templateId: z.string().max(40),
      pairs: z.array(Pair).max(30).optional(),
    }),
    Campaign,
    {
      audit: {
        verb: 'create',
        kind: 'campaign',
        object: ({ campaignId, name }) => ({ id: campaignId, name }),
      },
    },
  ),
  get: query('GET /campaigns/:campaignId', z.object(inCampaign), Campaign),
  edit: command(
    'PATCH /campaigns/:campaignId',
    z.object({
      ...inCampaign,
      ...version,
      name: Title,
      slogan: Line,
      sponsor: Line,
      phases: z.array(PhaseRow).max(12),
      currentPhase: z.number().int().min(0).max(11),
    }),
    Campaign,
    {
      audit: { verb: 'edit', kind: 'campaign', object: ({ campaignId, name }) => ({ id: campaignId, name }) },
    },
  ),
  remove: command('DELETE /campaigns/:campaignId', z.object(inCampaign), Done, {
    audit: { verb: 'remove', kind: 'campaign', object: ({ campaignId }) => ({ id: campaignId }) },
  }),
  units: query('GET /campaigns/:campaignId/units', z.object(inCampaign), z.array(Unit)),
  addUnit: command(
    'POST /campaigns/:campaignId/units',
    z.object({ ...inCampaign, unitId: Id, name: NewName }),
    Unit,
    { audit: { verb: 'add', kind: 'unit', object: ({ unitId, name }) => ({ id: unitId, name }) } },
  ),
  editUnit: command(
    'PATCH /campaigns/:campaignId/units/:unitId',
    z.object({ ...inCampaign, ...version, unitId: Id, name: NewName, order: z.number().int() }),
    Unit,
    { audit: { verb: 'edit', kind: 'unit', object: ({ unitId, name }) => ({ id: unitId, name }) } },
  ),
  removeUnit: command(
    'DELETE /campaigns/:campaignId/units/:unitId',
    z.object({ ...inCampaign, unitId: Id }),
    Done,
    { audit: { verb: 'remove', kind: 'unit', object: ({ unitId }) => ({ id: unitId }) } },
  ),
  people: query('GET /campaigns/:campaignId/people', z.object(inCampaign), z.array(RosterPerson)),
  addPerson: command(
    'POST /campaigns/:campaignId/people',
    z.object({ ...inCampaign, personId: Id, unitId: Id, name: NewName, position: Line, level: Line }),
    RosterPerson,
    { audit: { verb: 'add', kind: 'person', object: ({ personId, name }) => ({ id: personId, name }) } },
  ),
  editPerson: command(
    'PATCH /campaigns/:campaignId/people/:personId',
    z.object({
      ...inCampaign,
      ...version,
      personId: Id,
      unitId: Id,
      name: NewName,
      position: Line,
      level: Line,
    }),
    RosterPerson,
    { audit: { verb: 'edit', kind: 'person', object: ({ personId, name }) => ({ id: personId, name }) } },
  ),
  removePerson: command(
    'DELETE /campaigns/:campaignId/people/:personId',
    z.object({ ...inCampaign, personId: Id }),
    Done,
    { audit: { verb: 'remove', kind: 'person', object: ({ personId }) => ({ id: personId }) } },
  ),
  importRoster: upload(
    'POST /campaigns/:campaignId/roster',
    z.object({
      ...inCampaign,
      importId: Id,
      fileName: Title,
      apply: z.boolean(),
      chosen: RosterChosen.optional(),
    }),
    RosterImport,
    {
      audit: {
        verb: 'import',
        kind: 'roster',
        object: ({ campaignId, fileName, apply }) => ({
          id: campaignId,
          name: fileName,
          detail: apply ? 'applied' : 'preview',
        }),
      },
    },
  ),
  rosterTemplate: download('POST /campaigns/:campaignId/roster-template', z.object(inCampaign), Ticket, {
    audit: { verb: 'export', kind: 'roster-template', object: ({ campaignId }) => ({ id: campaignId }) },
  }),
};
