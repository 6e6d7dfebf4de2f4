package org.pipebridge.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.KeptContent;

/**
 * The parameters and parts of replayed content, as Servlet 6.0 sections 3.1 and 3.2 make them: the
 * values of the query come first, a form is read once, and only if nobody has read the content.
 *
 * <p>What the servlet's multipart configuration says is the container's secret; the limits are
 * those of {@link org.pipebridge.feature.FormOptions}.
 */
final class ReplayedForm {

  private final HttpServletRequest request;
  private final KeptContent kept;
  private final InputStream content;
  private @Nullable Map<String, String[]> parameters;
  private @Nullable Collection<Part> parts;

  ReplayedForm(HttpServletRequest request, KeptContent kept, InputStream content) {
    this.request = request;
    this.kept = kept;
    this.content = content;
  }

  /** Returns all parameters; those of the content if it may be read, or was read for them. */
  Map<String, String[]> parameters(boolean mayRead) {
    Map<String, String[]> known = parameters;
    if (known == null) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      try {
        if (isMultipart()) {
          addMultipart(all, mayRead);
        } else {
          request.getParameterMap().forEach((name, values) -> add(all, name, List.of(values)));
          if (mayRead && isUrlEncoded()) {
            addUrlEncoded(all, new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the form cannot be read", e);
      }
      Map<String, String[]> made = new LinkedHashMap<>();
      all.forEach((name, values) -> made.put(name, values.toArray(String[]::new)));
      known = Collections.unmodifiableMap(made);
      parameters = known;
    }
    return known;
  }

  Collection<Part> parts(boolean mayRead) throws IOException, ServletException {
    if (!isMultipart()) {
      throw new ServletException("the content type must be multipart/form-data");
    }
    if (!mayRead && parts == null) {
      throw new IllegalStateException("the content was read as a stream already");
    }
    return readParts();
  }

  private Collection<Part> readParts() throws IOException {
    Collection<Part> known = parts;
    if (known == null) {
      Form form = kept.readMultipart(request.getContentType(), content);
      List<Part> made = new ArrayList<>();
      form.forEach((name, value) -> made.add(new ReplayedPart(new TextFile(name, value))));
      form.files().forEach(file -> made.add(new ReplayedPart(file)));
      known = Collections.unmodifiableList(made);
      parts = known;
    }
    return known;
  }

  /** Jetty would parse parts out of what is left if it were asked for the query's parameters. */
  private void addMultipart(Map<String, List<String>> all, boolean mayRead) throws IOException {
    String query = request.getQueryString();
    if (query != null) {
      addUrlEncoded(all, query);
    }
    if (!mayRead && parts == null) {
      return;
    }
    for (Part part : readParts()) {
      if (part.getSubmittedFileName() == null) {
        byte[] text = part.getInputStream().readAllBytes();
        add(all, part.getName(), List.of(new String(text, StandardCharsets.UTF_8)));
      }
    }
  }

  private void addUrlEncoded(Map<String, List<String>> all, String text) {
    String encoding = request.getCharacterEncoding();
    Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
    for (String field : text.split("&")) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        String name = equals < 0 ? field : field.substring(0, equals);
        String value = equals < 0 ? "" : field.substring(equals + 1);
        add(all, decode(name, charset), List.of(decode(value, charset)));
      }
    }
  }

  private static String decode(String text, Charset charset) {
    String octets = new String(text.getBytes(StandardCharsets.ISO_8859_1), charset);
    try {
      return URLDecoder.decode(octets, charset);
    } catch (IllegalArgumentException malformed) {
      return octets;
    }
  }

  private static void add(Map<String, List<String>> all, String name, List<String> values) {
    all.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values);
  }

  private boolean isUrlEncoded() {
    return request.getMethod().equals("POST") && isType("application/x-www-form-urlencoded");
  }

  private boolean isMultipart() {
    return isType("multipart/form-data");
  }

  private boolean isType(String type) {
    String given = request.getContentType();
    return given != null && given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(type);
  }
}
