package org.pipebridge.samples.explorer;

import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Shows what the server, the connection and the request offer, and lets one try them. */
public final class ExplorerStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    Overview overview = new Overview(app.serverFeatures());
    ApplicationTimer timer = ApplicationTimer.of(app.serverFeatures());
    SampleFile file = SampleFile.of(app.serverFeatures());
    Transfers transfers = new Transfers(file);
    app.useAsync(Page::rememberRoot)
        .map("/style.css", style -> style.run(new Asset("style.css", "text/css")))
        .map("/script.js", script -> script.run(new Asset("script.js", "text/javascript")))
        .map("/look", look -> look.run(overview))
        .map("/goto", go -> go.run(new PathRedirect()))
        .map("/headers", headers -> headers.run(new ResponseHeaders()))
        .map("/form", form -> form.run(new FormEcho()))
        .map("/slow", answer -> answer.runAsync(new SlowAnswer(timer)))
        .map("/clock", clock -> clock.runAsync(new Clock(timer)))
        .map("/echo", echo -> echo.run(new Echo()))
        .map("/upload", upload -> upload.run(new Upload()))
        .map("/download/facts", facts -> facts.run(transfers))
        .map("/download", download -> download.runAsync(new Download(file, transfers)))
        .map("/fail/early", fail -> fail.run(Failures::beforeStart))
        .map("/fail/late", fail -> fail.run(Failures::afterFlush))
        .mapWhen(ExplorerStartup::isFrontPage, front -> front.run(overview))
        .run(ExplorerStartup::nothingHere);
  }

  private static boolean isFrontPage(HttpContext context) {
    String path = context.request().path();
    return path.isEmpty() || path.equals("/");
  }

  private static void nothingHere(HttpContext context) throws Exception {
    Html html =
        new Html()
            .heading("Nothing here")
            .paragraph("The explorer has no page for " + context.request().path() + ".");
    Page.send(context, 404, "Nothing here", html);
  }
}
