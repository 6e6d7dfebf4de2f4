package org.pipebridge.feature;

/**
 * The limits of a form (V43).
 *
 * <p>A server or a middleware may set one in the collection of a request, before its form is read;
 * without, {@link #DEFAULT} holds. What goes beyond a count or a number of characters ends as a
 * {@link BadHttpRequestException} with status 400, beyond a number of bytes with 413. ASP.NET Core:
 * {@code FormOptions}.
 *
 * @param maxValues how many values and files there may be
 * @param maxNameLength how long a name may be, in characters
 * @param maxValueBytes how long the value of a field may be
 * @param maxBoundaryLength how long the boundary of a multipart form may be, in characters
 * @param maxPartHeaders how many header fields a part may have
 * @param maxPartHeaderBytes how long the header fields of a part may be together
 * @param maxPartBytes how long a file may be
 * @param memoryThreshold how much of a file is kept in memory, before a temporary file, in bytes
 * @since 0.1
 */
public record FormOptions(
    int maxValues,
    int maxNameLength,
    int maxValueBytes,
    int maxBoundaryLength,
    int maxPartHeaders,
    int maxPartHeaderBytes,
    long maxPartBytes,
    int memoryThreshold) {

  private static final int KIB = 1024;

  /** The limits that hold unless others are set. */
  public static final FormOptions DEFAULT =
      new FormOptions(1024, 2048, 4 * KIB * KIB, 128, 16, 16 * KIB, 128L * KIB * KIB, 64 * KIB);

  /**
   * Checks that no limit is negative.
   *
   * @param maxValues values and files
   * @param maxNameLength characters of a name
   * @param maxValueBytes bytes of a value
   * @param maxBoundaryLength characters of the boundary
   * @param maxPartHeaders header fields of a part
   * @param maxPartHeaderBytes bytes of the header fields of a part
   * @param maxPartBytes bytes of a file
   * @param memoryThreshold bytes of a file in memory
   */
  public FormOptions {
    check(maxValues, "maxValues");
    check(maxNameLength, "maxNameLength");
    check(maxValueBytes, "maxValueBytes");
    check(maxBoundaryLength, "maxBoundaryLength");
    check(maxPartHeaders, "maxPartHeaders");
    check(maxPartHeaderBytes, "maxPartHeaderBytes");
    check(maxPartBytes, "maxPartBytes");
    check(memoryThreshold, "memoryThreshold");
  }

  /**
   * Returns these limits with another number of values.
   *
   * @param value how many values and files there may be
   * @return new limits
   */
  public FormOptions withMaxValues(int value) {
    return new FormOptions(
        value,
        maxNameLength,
        maxValueBytes,
        maxBoundaryLength,
        maxPartHeaders,
        maxPartHeaderBytes,
        maxPartBytes,
        memoryThreshold);
  }

  /**
   * Returns these limits with another length of values.
   *
   * @param value how long the value of a field may be, in bytes
   * @return new limits
   */
  public FormOptions withMaxValueBytes(int value) {
    return new FormOptions(
        maxValues,
        maxNameLength,
        value,
        maxBoundaryLength,
        maxPartHeaders,
        maxPartHeaderBytes,
        maxPartBytes,
        memoryThreshold);
  }

  /**
   * Returns these limits with another length of files.
   *
   * @param value how long a file may be, in bytes
   * @return new limits
   */
  public FormOptions withMaxPartBytes(long value) {
    return new FormOptions(
        maxValues,
        maxNameLength,
        maxValueBytes,
        maxBoundaryLength,
        maxPartHeaders,
        maxPartHeaderBytes,
        value,
        memoryThreshold);
  }

  /**
   * Returns these limits with another use of memory.
   *
   * @param value how much of a file is kept in memory, in bytes
   * @return new limits
   */
  public FormOptions withMemoryThreshold(int value) {
    return new FormOptions(
        maxValues,
        maxNameLength,
        maxValueBytes,
        maxBoundaryLength,
        maxPartHeaders,
        maxPartHeaderBytes,
        maxPartBytes,
        value);
  }

  private static void check(long limit, String name) {
    if (limit < 0) {
      throw new IllegalArgumentException(name + " must not be negative, but is " + limit);
    }
  }
}
