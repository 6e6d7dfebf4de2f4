package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFile;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/** Shows the fields and files of a form that was sent. */
final class FormEcho implements Handler {

  @Override
  public void handle(HttpContext context) throws Exception {
    if (!context.request().hasFormContentType()) {
      Html html = new Html().heading("No form came");
      Page.send(context, 415, "No form", html.paragraph("Send one from the front page."));
      return;
    }
    Form form = context.request().form();
    Html html = new Html().heading("Your form arrived");
    html.table(
        "Sent as", List.of(new Row("Content-Type", "" + context.request().contentType())), "");
    html.table("Fields", Row.collect(form::forEach), "No fields.");
    html.table("Files", files(form), "No files.");
    Page.send(context, 200, "Your form", html);
  }

  private static List<Row> files(Form form) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (FormFile file : form.files()) {
      rows.add(new Row(file.name() + ": file name", file.fileName()));
      rows.add(new Row(file.name() + ": type", "" + file.contentType()));
      rows.add(new Row(file.name() + ": bytes", Long.toString(file.length())));
      rows.add(new Row(file.name() + ": SHA-256", digest(file)));
    }
    return rows;
  }

  private static String digest(FormFile file) throws IOException {
    Sha256 digest = new Sha256();
    byte[] buffer = new byte[8192];
    try (InputStream content = file.openStream()) {
      for (int count; (count = content.read(buffer)) >= 0; ) {
        digest.add(buffer, count);
      }
    }
    return digest.hex();
  }
}
