package org.pipebridge.samples.explorer;

import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.pipeline.Handler;

/** The page about the very request that asked for it. */
final class Overview implements Handler {

  private final FeatureCollection serverFeatures;
  private final FeatureSection features = new FeatureSection();

  Overview(FeatureCollection serverFeatures) {
    this.serverFeatures = serverFeatures;
  }

  @Override
  public void handle(HttpContext context) throws Exception {
    // first of all, since the views below store what they have to make themselves
    Html offered = features.describe(context.features(), serverFeatures);
    Html html = new Html();
    greet(context, html);
    html.raw("<div class=\"columns\">\n").section("request", "This request");
    html.table("How it came", RequestFacts.of(context), "").endSection();
    html.section("server", "The server");
    html.table("What runs here", ServerFacts.of(context, serverFeatures), "").endSection();
    html.raw("</div>\n");
    describeFields(context.request(), html);
    html.raw(Page.fragment(context, "live.html"));
    html.raw(Page.fragment(context, "try.html"));
    html.raw("<pre><code>").text(curl(context)).raw("</code></pre>\n").endSection();
    html.append(offered);
    Page.send(context, 200, "It works", html);
  }

  private static void greet(HttpContext context, Html html) {
    HttpRequest request = context.request();
    html.heading("It works").raw("<p class=\"lead\"><strong>").text(ServerFacts.product(context));
    html.raw("</strong> handed your request to a Pipebridge application. ");
    html.raw("It sees the target in these parts:</p>\n<ul class=\"target\">\n");
    part(html, "server", request.scheme() + "://" + request.host().value());
    part(html, "path base", request.pathBase());
    part(html, "path", request.path());
    part(html, "query", request.queryString());
    html.raw("</ul>\n");
  }

  private static void part(Html html, String name, String text) {
    html.raw("<li><span>").text(name).raw("</span><code>");
    html.text(text.isEmpty() ? "(empty)" : text).raw("</code></li>\n");
  }

  private static void describeFields(HttpRequest request, Html html) {
    html.section("fields", "What it carried");
    html.table("Headers", Row.collect(request.headers()::forEach), "No headers.");
    html.table("Query", Row.collect(request.query()::forEach), "No query.");
    html.table("Cookies", Row.collect(request.cookies().asMap()::forEach), "No cookies.");
    html.endSection();
  }

  private static String curl(HttpContext context) {
    HttpRequest request = context.request();
    String url =
        request.scheme() + "://" + request.host().toUriComponent() + Page.root(context) + "/look";
    return "curl -i -H 'X-Try: hello' '" + url.replace("'", "'\\''") + "'";
  }
}
