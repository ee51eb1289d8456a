import { z } from "zod";
import { getFavoriteContext } from "@/app/api/v1/favorites/favorite-parts";
import { removeFavorite } from "@/lib/favorites/remove-favorite";
import { setFavorite } from "@/lib/favorites/set-favorite";
import { action } from "@/lib/http/action";
import { toLocalPath } from "@/lib/http/local-path";
import { sayAt } from "../say-at";

const star = action(
  { access: "user", input: z.object({ titleId: z.string(), favorite: z.stringbool(), next: z.string() }) },
  async ({ viewer, input }) => {
    const options = { viewerId: viewer.id, titleId: input.titleId };
    if (input.favorite) await setFavorite(getFavoriteContext(), options);
    else await removeFavorite(getFavoriteContext(), { ...options, purge: false });
  },
);

/** The star as a plain form, for browsers without script: sets what is wanted and goes back to the page. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const next = toLocalPath(form.get("next"));
  const result = await star(form);
  const location = result.ok
    ? next
    : await sayAt(next, { form: "star", ok: false, text: result.error.title, errors: [], values: {} });
  return new Response(null, { status: 303, headers: { Location: location } });
}
