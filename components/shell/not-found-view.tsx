import { TowerControl } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export function NotFoundView() {
  return (
    <>
      <title>Not found · Yagura</title>
      <EmptyState
        icon={<TowerControl aria-hidden="true" />}
        heading="h1"
        title="Nothing stands at this address"
        actions={
          <ButtonLink href="/" variant="primary">
            To the search
          </ButtonLink>
        }
      >
        It may have moved, or it was never yours to see. The search finds every title that your providers know.
      </EmptyState>
    </>
  );
}
