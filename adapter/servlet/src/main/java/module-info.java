import jakarta.servlet.ServletContainerInitializer;
import org.pipebridge.servlet.PipelineInitializer;

/** The features of Pipebridge on Jakarta Servlet 6. */
@org.jspecify.annotations.NullMarked
module org.pipebridge.servlet {
  requires transitive org.pipebridge.core;
  requires transitive jakarta.servlet;
  requires static transitive org.jspecify;
  requires static java.management; // some containers tell their addresses there

  exports org.pipebridge.servlet;

  provides ServletContainerInitializer with
      PipelineInitializer;
}
