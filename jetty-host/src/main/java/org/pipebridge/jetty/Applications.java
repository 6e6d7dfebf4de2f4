package org.pipebridge.jetty;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.pipebridge.hosting.Startup;
import org.pipebridge.hosting.Startups;

/** Finds the application that the program is to run. */
final class Applications {

  private Applications() {}

  /**
   * Finds the application.
   *
   * @param name the name of its class, or null for the one that is provided as a service
   * @throws IllegalStateException if there is none, or not one only, or it cannot be made
   */
  static Startup find(@Nullable String name) {
    ClassLoader loader = Applications.class.getClassLoader();
    if (name != null && !isService(name, loader)) {
      return make(name, loader);
    }
    Startup found = Startups.find(loader, name);
    if (found == null) {
      throw new IllegalStateException(
          "there is no application: name its class with --startup, or provide the service "
              + Startup.class.getName());
    }
    return found;
  }

  private static boolean isService(String name, ClassLoader loader) {
    return ServiceLoader.load(Startup.class, loader).stream()
        .anyMatch(provider -> provider.type().getName().equals(name));
  }

  private static Startup make(String name, ClassLoader loader) {
    try {
      return Class.forName(name, true, loader)
          .asSubclass(Startup.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException notThere) {
      throw new IllegalStateException("startup " + name + " is not on the class path");
    } catch (ClassCastException another) {
      throw new IllegalStateException(name + " is no " + Startup.class.getName());
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("startup " + name + " cannot be made: " + cause, e);
    }
  }
}
