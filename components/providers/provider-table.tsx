import { SuccessBar } from "@/components/ui/success-bar";
import { Td, Th } from "@/components/ui/table";
import { formatPercent } from "@/lib/format";
import { PROVIDER_KINDS } from "@/lib/providers/provider";
import { ProviderControls } from "./provider-controls";
import { formatWhole, ProviderName, ProviderStateText } from "./provider-facts";
import { KIND_TITLES, type ProviderActions, type ProviderRow } from "./provider-row";

interface ProviderTableProps {
  rows: readonly ProviderRow[];
  actions: ProviderActions;
}

const COLUMNS = 8;

/** The health of all providers, one row each, by kind. For wide screens. */
export function ProviderTable({ rows, actions }: ProviderTableProps) {
  const groups = PROVIDER_KINDS.map((kind) => ({ kind, members: rows.filter((row) => row.kind === kind) }));
  return (
    <table className="w-full border-collapse text-left text-sm">
      <caption className="sr-only">Health of the providers</caption>
      <thead>
        <tr>
          <Th>Provider</Th>
          <Th className="w-72">State</Th>
          <Th>Success</Th>
          <Th numeric>Avg ms</Th>
          <Th numeric>Last ms</Th>
          <Th numeric>p95 ms</Th>
          <Th numeric>Uptime 30 d</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      {groups.map(({ kind, members }) =>
        members.length === 0 ? null : (
          <tbody key={kind}>
            <tr>
              <th scope="rowgroup" colSpan={COLUMNS} className="pt-5 pb-1.5 font-medium text-ink-2 text-xs">
                {KIND_TITLES[kind]}
              </th>
            </tr>
            {members.map((row) => (
              <Row key={row.id} row={row} actions={actions} />
            ))}
          </tbody>
        ),
      )}
    </table>
  );
}

function Row({ row, actions }: { row: ProviderRow; actions: ProviderActions }) {
  return (
    <tr id={`provider-${row.id}`}>
      <Th scope="row" className="py-2.5 align-middle">
        <ProviderName row={row} />
      </Th>
      <Td className="py-2.5">
        <ProviderStateText row={row} />
      </Td>
      <Td className="py-2.5">
        <SuccessBar ratio={row.success.ratio} label={`Success of ${row.name}, ${row.success.span}`} />
      </Td>
      <Td numeric>{formatWhole(row.avgMs)}</Td>
      <Td numeric>{formatWhole(row.lastMs)}</Td>
      <Td numeric>{formatWhole(row.p95Ms)}</Td>
      <Td numeric>{formatPercent(row.uptime, 2)}</Td>
      <Td>
        <ProviderControls row={row} actions={actions} />
      </Td>
    </tr>
  );
}
