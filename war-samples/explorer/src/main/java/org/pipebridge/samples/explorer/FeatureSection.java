package org.pipebridge.samples.explorer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.pipebridge.feature.FeatureCollection;

/** The features that are offered, with their values, and those of the model that are not. */
final class FeatureSection {

  private final Map<String, String> catalogue = catalogue();

  Html describe(FeatureCollection request, FeatureCollection server) {
    Map<String, Map.Entry<Class<?>, Object>> offered = new TreeMap<>();
    request.forEach(feature -> offered.put(feature.getKey().getName(), feature));
    Map<String, Map.Entry<Class<?>, Object>> shared = new TreeMap<>();
    server.forEach(feature -> shared.put(feature.getKey().getName(), feature));
    Map<String, String> absent = new LinkedHashMap<>(catalogue);
    absent.keySet().removeAll(offered.keySet());
    absent.keySet().removeAll(shared.keySet());

    Html html = new Html().section("features", "The features");
    html.paragraph(
        offered.size()
            + " came with this request, "
            + shared.size()
            + " belong to the server, and "
            + absent.size()
            + " of the model's features this server leaves out.");
    list(html, "With this request", offered);
    list(html, "Of the server", shared);
    html.raw("<h3>Left out by this server</h3>\n<dl class=\"features absent\">\n");
    absent.forEach((type, text) -> entry(html, type, text).raw("</div>\n"));
    return html.raw("</dl>\n").endSection();
  }

  private void list(Html html, String title, Map<String, Map.Entry<Class<?>, Object>> features) {
    html.raw("<h3>").text(title).raw("</h3>\n<dl class=\"features\">\n");
    features.forEach((type, feature) -> describe(html, feature.getKey(), feature.getValue()));
    html.raw("</dl>\n");
  }

  private void describe(Html html, Class<?> type, Object feature) {
    String text = catalogue.getOrDefault(type.getName(), "A feature of this server alone.");
    entry(html, type.getName(), text);
    html.raw("<dd class=\"quiet\">").text(className(feature)).raw("</dd>\n");
    for (Row value : FeatureValues.of(type, feature)) {
      html.raw("<dd><code>").text(value.name() + " = " + value.value()).raw("</code></dd>\n");
    }
    html.raw("</div>\n");
  }

  private static String className(Object feature) {
    return feature.getClass().getName().replaceAll("\\$\\$Lambda.*", " (a lambda)");
  }

  private static Html entry(Html html, String type, String text) {
    html.raw("<div><dt>").text(type.substring(type.lastIndexOf('.') + 1)).raw("</dt>");
    return html.raw("<dd>").text(text).raw("</dd>\n");
  }

  private static Map<String, String> catalogue() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String line : Page.resource("features.txt").split("\n")) {
      int colon = line.indexOf(": ");
      texts.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return texts;
  }
}
