import { createHash } from 'node:crypto';
import { DONE } from '../../../shared/contract/answers.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { iso } from '../identity/rules.ts';
import { type CampaignParts, editableRoster, inUse, openCampaign, personOf } from './parts.ts';
import type { RosterReader } from './roster-aside.ts';
import { rosterTemplate } from './roster-template.ts';
import type { RosterRow } from './roster-problem.ts';
import { chosenOf, personView, prevents, problemsOf, readsRoster } from './rules.ts';

type Verbs = 'people' | 'addPerson' | 'editPerson' | 'removePerson' | 'importRoster' | 'rosterTemplate';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Where somebody stands in the file, as far as the preview shows it. */
const placeOf = ({ sheet, unitFrom, sharing }: RosterRow) => ({
  ...(sheet === undefined ? {} : { sheet }),
  ...(unitFrom === undefined ? {} : { unitFrom }),
  ...(sharing === undefined ? {} : { sharing }),
});

export function peopleHandlers(
  parts: CampaignParts,
  reader: RosterReader,
): Pick<HandlersOf<Contract['campaigns']>, Verbs> {
  const { records, identity, hangsOn, now } = parts;
  const { roster, imports } = identity;

  const editable = (context: Context, campaignId: string) => editableRoster(records, context, campaignId);

  return {
    async people(context, { campaignId }) {
      await openCampaign(records, context, campaignId);
      if (!readsRoster(personOf(context), campaignId)) throw new AppError('FORBIDDEN', 'not.allowed');
      return (await roster.list(campaignId)).map(personView);
    },

    async addPerson(context, { campaignId, personId, ...fields }) {
      await editable(context, campaignId);
      return personView(await roster.add(campaignId, personId, fields, personOf(context).name));
    },

    async editPerson(context, { campaignId, personId, version, ...fields }) {
      await editable(context, campaignId);
      const edit = { version, by: personOf(context).name, at: iso(now()) };
      return personView(await roster.edit(campaignId, personId, edit, fields));
    },

    async removePerson(context, { campaignId, personId }) {
      await editable(context, campaignId);
      const { name } = await roster.need(campaignId, personId);
      context.about?.({ name });
      if (await hangsOn.person(campaignId, personId)) throw inUse('person.in-use');
      await roster.remove(campaignId, personId);
      return DONE;
    },

    async importRoster(context, { campaignId, importId, fileName, apply, chosen }, file) {
      await editable(context, campaignId);
      const read = await reader.read(file, fileName, chosenOf(chosen));
      const { left, choices, cells } = read;
      const problems = problemsOf(read);
      const rows = await imports.preview(
        campaignId,
        read.rows.map(({ line, unit, name, position = '', level = '' }) => ({
          ...{ line, unit, name, position, level },
        })),
      );
      if (!apply || problems.some(prevents)) {
        const shown = rows.map((row, i) => ({ ...row, ...placeOf(read.rows[i]!) }));
        return { applied: false, rows: shown, problems, left, choices, cells };
      }
      const by = personOf(context).name;
      // The same file with other sheets taken is another import.
      const digest = sha256(chosen ? Buffer.concat([file, Buffer.from(chosen)]) : file);
      const batch = { id: importId, campaignId, fileName, digest, at: iso(now()), by, rows };
      return { applied: true, rows: await imports.apply(batch), problems, left, choices, cells };
    },

    async rosterTemplate(context, { campaignId }) {
      await editable(context, campaignId);
      return { name: '花名册模板.xlsx', type: XLSX, make: rosterTemplate };
    },
  };
}
