package org.pipebridge.test.war;

import java.util.Collection;
import java.util.List;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ServerAddressesFeature;

/** Tells the addresses that were known while it was configured, and those known now. */
public final class AddressesStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    ServerAddressesFeature feature = app.serverFeatures().require(ServerAddressesFeature.class);
    List<String> configured = List.copyOf(feature.addresses());
    app.run(
        context ->
            context
                .response()
                .write(configured + " " + feature.addresses() + " " + add(feature.addresses())));
  }

  private static String add(Collection<String> addresses) {
    try {
      addresses.add("http://127.0.0.1:1");
      return "changed";
    } catch (UnsupportedOperationException e) {
      return "unmodifiable";
    }
  }
}
