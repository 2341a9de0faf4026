import { image as imageResource } from "../../provider/resources/image/resource";
import { imageMember as imageMemberResource } from "../../provider/resources/imageMember/resource";
import { imageMemberStatus as imageMemberStatusResource } from "../../provider/resources/imageMemberStatus/resource";
import { imageProperties as imagePropertiesResource } from "../../provider/resources/imageProperties/resource";
import { metadefNamespace as metadefNamespaceResource } from "../../provider/resources/metadefNamespace/resource";
import { dynamicProvider } from "./door";

/*
 * The dynamic providers, loaded by Pulumi in a process of its own.
 * Stored states name these exports and their methods; they can never change.
 */

export const image = dynamicProvider(imageResource);
export const imageMember = dynamicProvider(imageMemberResource);
export const imageMemberStatus = dynamicProvider(imageMemberStatusResource);
export const imageProperties = dynamicProvider(imagePropertiesResource);
export const metadefNamespace = dynamicProvider(metadefNamespaceResource);
