import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Yagura",
    short_name: "Yagura",
    description: "Search many providers at once, watch their health, keep favorites.",
    start_url: "/",
    display: "standalone",
    background_color: "#0d1d20",
    theme_color: "#0d1d20",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "maskable" },
    ],
  };
}
