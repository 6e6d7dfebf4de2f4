/** What a pipeline costs above a bare servlet that does the same work. */
@org.jspecify.annotations.NullMarked
package org.pipebridge.benchmarks;
