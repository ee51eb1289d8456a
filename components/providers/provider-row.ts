import type { ProviderState } from "@/lib/health/health-view";
import type { ProviderKind } from "@/lib/providers/provider";

/** One provider as the health table shows it. Times are already words in the viewer's zone. */
export interface ProviderRow {
  id: string;
  name: string;
  kind: ProviderKind;
  state: ProviderState;
  /** "14:32", of a state that ends by itself. */
  until: string | null;
  why: string | null;
  failuresInRow: number;
  /** 0–1, of the last 24 h, else of all time. */
  success: { ratio: number | null; span: "24 h" | "all time" };
  avgMs: number | null;
  lastMs: number | null;
  p95Ms: number | null;
  uptime: number | null;
  downloads: number;
  enabled: boolean;
  initialized: boolean;
  /** It rests because of failures: an admin may put it back in use. */
  resting: boolean;
  priority: number;
  checkInterval: number | null;
  /** Settings that the environment decides. */
  locked: readonly string[];
}

/** What can be done with one provider; null: not by this viewer. */
export interface ProviderActions {
  test: FormAction;
  enable: FormAction | null;
  disable: FormAction | null;
  save: FormAction | null;
}

type FormAction = (form: FormData) => Promise<void>;

export const KIND_TITLES = {
  catalogue: "Catalogues",
  metadata: "Metadata",
  subtitles: "Subtitles",
  ai: "AI models",
} satisfies Record<ProviderKind, string>;
