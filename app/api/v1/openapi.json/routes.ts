import type { RouteModule } from "@/lib/http/openapi";
import * as alertAcknowledge from "../alerts/[id]/acknowledge/route";
import * as alertSnooze from "../alerts/[id]/snooze/route";
import * as alertChannel from "../alerts/channels/[id]/route";
import * as alertChannelTest from "../alerts/channels/[id]/test/route";
import * as alertChannels from "../alerts/channels/route";
import * as apiKey from "../api-keys/[id]/route";
import * as apiKeys from "../api-keys/route";
import * as favorite from "../favorites/[title_id]/route";
import * as favoriteStatus from "../favorites/[title_id]/status/route";
import * as favoriteBulk from "../favorites/bulk/route";
import * as favoriteCount from "../favorites/count/route";
import * as favorites from "../favorites/route";
import * as healthAlerts from "../health/integration/alerts/route";
import * as healthGraph from "../health/integration/graph/route";
import * as healthHistory from "../health/integration/history/route";
import * as healthIntegration from "../health/integration/route";
import * as healthStream from "../health/stream/route";
import * as me from "../me/route";
import * as session from "../me/sessions/[id]/route";
import * as sessions from "../me/sessions/route";
import * as providerDisable from "../providers/[id]/disable/route";
import * as providerEnable from "../providers/[id]/enable/route";
import * as providerEvents from "../providers/[id]/events/route";
import * as providerHistory from "../providers/[id]/history/route";
import * as provider from "../providers/[id]/route";
import * as providerStatus from "../providers/[id]/status/route";
import * as providerTest from "../providers/[id]/test/route";
import * as providerAdapters from "../providers/adapters/route";
import * as providersCheckInterval from "../providers/check-interval/route";
import * as providersHealth from "../providers/health/route";
import * as providersHistory from "../providers/history/route";
import * as providers from "../providers/route";
import * as providersStats from "../providers/stats/route";
import * as providersStatus from "../providers/status/route";
import * as providersTest from "../providers/test/route";
import * as search from "../search/route";
import * as searchStream from "../search/stream/route";
import * as settings from "../settings/route";
import * as titleCover from "../titles/[id]/cover/route";
import * as titleFile from "../titles/[id]/files/[file_id]/route";
import * as titleFiles from "../titles/[id]/files/route";
import * as title from "../titles/[id]/route";
import * as user from "../users/[id]/route";
import * as users from "../users/route";

/** Every route of the API by its path below /api/v1; a test compares it with the files. */
export const routes = {
  "/alerts/{id}/acknowledge": alertAcknowledge,
  "/alerts/{id}/snooze": alertSnooze,
  "/alerts/channels": alertChannels,
  "/alerts/channels/{id}": alertChannel,
  "/alerts/channels/{id}/test": alertChannelTest,
  "/api-keys": apiKeys,
  "/api-keys/{id}": apiKey,
  "/favorites": favorites,
  "/favorites/bulk": favoriteBulk,
  "/favorites/count": favoriteCount,
  "/favorites/{title_id}": favorite,
  "/favorites/{title_id}/status": favoriteStatus,
  "/health/integration": healthIntegration,
  "/health/integration/alerts": healthAlerts,
  "/health/integration/graph": healthGraph,
  "/health/integration/history": healthHistory,
  "/health/stream": healthStream,
  "/me": me,
  "/me/sessions": sessions,
  "/me/sessions/{id}": session,
  "/search": search,
  "/search/stream": searchStream,
  "/settings": settings,
  "/titles/{id}": title,
  "/titles/{id}/cover": titleCover,
  "/titles/{id}/files": titleFiles,
  "/titles/{id}/files/{file_id}": titleFile,
  "/providers": providers,
  "/providers/adapters": providerAdapters,
  "/providers/check-interval": providersCheckInterval,
  "/providers/health": providersHealth,
  "/providers/history": providersHistory,
  "/providers/stats": providersStats,
  "/providers/status": providersStatus,
  "/providers/test": providersTest,
  "/providers/{id}": provider,
  "/providers/{id}/disable": providerDisable,
  "/providers/{id}/enable": providerEnable,
  "/providers/{id}/events": providerEvents,
  "/providers/{id}/history": providerHistory,
  "/providers/{id}/status": providerStatus,
  "/providers/{id}/test": providerTest,
  "/users": users,
  "/users/{id}": user,
} as const satisfies Record<string, RouteModule>;
