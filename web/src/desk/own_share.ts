// What binds a unit is its own share: its due may be earlier than the matter's, and it is the one a list of the unit shows. Who
// is only informed of a case sees when the unit that has it is due.
import type { MatterRow } from '@/api/client';

type Share = NonNullable<MatterRow['assignments']>[number];

function binding(shares: Share[], unit: string): Share | undefined {
  const own = shares.filter((share) => share.unit?.code === unit && share.progress !== 'returned' && share.progress !== 'ended').at(-1);
  return own?.progress === 'waived' ? shares.filter(({ share }) => share === 'lead').at(-1) : own;
}

/** The row with the due and the light of the share that binds that unit, while its clock runs; else as it is. */
export function boundTo(row: MatterRow, unit: string | undefined): MatterRow {
  const share = unit && row.open ? binding(row.assignments ?? [], unit) : undefined;
  return share?.due && share.due.at !== row.due?.at ? { ...row, due: share.due, light: share.light } : row;
}
