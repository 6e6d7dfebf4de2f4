package org.pipebridge.http;

/** Decodes one raw path, segment by segment (V11 to V15). */
final class PathDecoder {

  private final String raw;
  private final StringBuilder path;

  PathDecoder(String raw) {
    this.raw = raw;
    this.path = new StringBuilder(raw.length());
  }

  String decode() {
    int at = 0;
    while (at < raw.length()) {
      if (raw.charAt(at) == '/') {
        path.append('/');
        at++;
      }
      int start = path.length();
      at = segment(at);
      removeDots(start, at == raw.length());
    }
    return path.toString();
  }

  /** Appends a segment, decoded, without its parameters; returns the index behind it. */
  private int segment(int from) {
    int at = from;
    while (at < raw.length() && raw.charAt(at) != '/') {
      if (raw.charAt(at) == ';') {
        int next = raw.indexOf('/', at);
        return next < 0 ? raw.length() : next;
      }
      at = Percent.decodeInPath(raw, at, path);
    }
    return at;
  }

  /** Takes back the segment that was appended, and for ".." the one before; the last leaves "/". */
  private void removeDots(int start, boolean last) {
    int length = path.length() - start;
    boolean dots = length == 1 || length == 2;
    for (int i = start; dots && i < path.length(); i++) {
      dots = path.charAt(i) == '.';
    }
    if (!dots) {
      return;
    }
    path.setLength(Math.max(start - 1, 0));
    if (length == 2) {
      path.setLength(Math.max(path.lastIndexOf("/"), 0));
    }
    if (last) {
      path.append('/');
    }
  }
}
