package org.pipebridge.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFile;
import org.pipebridge.feature.FormOptions;

/** The fields and files of a form that is being read, within their limits (V43). */
final class FieldCollector {

  private static final int CONTENT_TOO_LARGE = 413;

  private final FormOptions options;
  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private final List<FormFile> files = new ArrayList<>();
  private int count;

  FieldCollector(FormOptions options) {
    this.options = options;
  }

  void add(String name, String value) throws BadHttpRequestException {
    count(name);
    fields.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
  }

  void add(FormFile file) throws BadHttpRequestException {
    count(file.name());
    files.add(file);
  }

  Form toForm() {
    return Form.of(fields, files);
  }

  static BadHttpRequestException malformed(String what) {
    return new BadHttpRequestException(400, "malformed form: " + what);
  }

  static BadHttpRequestException tooLarge(String what, long limit) {
    return new BadHttpRequestException(
        CONTENT_TOO_LARGE, what + " of a form is longer than " + limit + " bytes");
  }

  private void count(String name) throws BadHttpRequestException {
    if (name.length() > options.maxNameLength()) {
      throw malformed("a name is longer than " + options.maxNameLength() + " characters");
    }
    if (++count > options.maxValues()) {
      throw malformed("it has more than " + options.maxValues() + " values");
    }
  }
}
