import type { Metadata } from "next";
import { findGraph } from "@/app/api/v1/health/integration/find-graph";
import { listKnown } from "@/app/api/v1/providers/known";
import { StillTopology } from "@/components/topology/still-topology";
import { Topology } from "@/components/topology/topology";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/accounts/viewer";

export const metadata: Metadata = { title: "Topology" };

export default async function TopologyPage() {
  const viewer = await requireViewer();
  const known = listKnown(viewer);
  const at = Date.now();
  const graph = await findGraph(known);
  const kinds = Object.fromEntries(known.map(({ provider: { id, adapter } }) => [`provider:${id}`, adapter.kind]));
  return (
    <>
      <PageHeader title="Topology" description="What Yagura depends on, down to the hosts of its providers." />
      <Topology graph={graph} kinds={kinds} at={at}>
        <StillTopology graph={graph} kinds={kinds} />
      </Topology>
    </>
  );
}
