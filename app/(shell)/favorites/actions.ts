"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getFavoriteContext } from "@/app/api/v1/favorites/favorite-parts";
import { undoUnstar } from "@/lib/favorites/undo-unstar";
import { updateFavorite } from "@/lib/favorites/update-favorite";
import { toFavoriteChange } from "@/lib/favorites/wire";
import { formatNoun } from "@/lib/format";
import { action } from "@/lib/http/action";
import { changeMany } from "./change-many";
import { bulkForm, favoriteForm } from "./form-inputs";
import { sayAt } from "./say-at";

const save = action({ access: "user", input: favoriteForm }, async ({ viewer, input }) => {
  const { titleId, next: _, ...fields } = input;
  const options = { viewerId: viewer.id, titleId, change: toFavoriteChange(fields) };
  await updateFavorite(getFavoriteContext(), options);
});

const change = action({ access: "user", input: bulkForm }, ({ viewer, input }) => changeMany(viewer.id, input));

const undo = action({ access: "user", input: z.object({ undo: z.iso.datetime() }) }, ({ viewer, input }) =>
  undoUnstar(getFavoriteContext(), { viewerId: viewer.id, unstarredAt: new Date(input.undo) }),
);

/** Saves the fields of one favorite. */
export async function saveFavoriteAction(form: FormData): Promise<void> {
  const result = await save(form);
  const said = result.ok
    ? { ok: true, text: "Saved.", errors: [] }
    : { ok: false, text: result.error.title, errors: [...result.error.errors] };
  redirect((await sayAt(String(form.get("next")), { form: "favorite", values: {}, ...said })) as Route);
}

/** Changes several favorites together. */
export async function changeManyAction(form: FormData): Promise<void> {
  const result = await change(form);
  const said = result.ok
    ? { ok: true, text: result.value.text, values: result.value.undo ? { undo: result.value.undo.toISOString() } : {} }
    : { ok: false, text: result.error.title, values: {} };
  redirect((await sayAt(String(form.get("next")), { form: "bulk", errors: [], ...said })) as Route);
}

/** Puts back what the last unstarring of several took off. */
export async function undoUnstarAction(form: FormData): Promise<void> {
  const result = await undo(form);
  const text = result.ok ? `${formatNoun(result.value, "title")} put back.` : result.error.title;
  const said = { form: "bulk", ok: result.ok, text, errors: [], values: {} };
  redirect((await sayAt(String(form.get("next")), said)) as Route);
}
