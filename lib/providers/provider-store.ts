import type { Provider } from "./provider";
import type { ProviderSettings } from "./provider-patch";

export interface ProviderRow {
  id: string;
  /** The adapter's id. */
  adapter: string;
  name: string;
  source: Provider["source"];
  settings: ProviderSettings;
}

export interface StoredProvider extends ProviderRow {
  secrets: Readonly<Record<string, string>>;
  /** Secrets that cannot be opened with this instance's key: somebody must enter them again. */
  unreadableSecrets: readonly string[];
}

/** Where what admins set is kept. */
export interface ProviderStore {
  list(): Promise<StoredProvider[]>;
  /** Makes rows for providers that have none, and touches no other. */
  ensure(rows: readonly ProviderRow[]): Promise<void>;
  /** Writes the row; of the secrets only those named, of which null clears. */
  save(row: ProviderRow, secrets: Readonly<Record<string, string | null>>): Promise<void>;
  remove(id: string): Promise<void>;
}
